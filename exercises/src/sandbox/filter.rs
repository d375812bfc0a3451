//! The system calls that are refused inside the sandbox: those that reach other processes, the kernel's own state, or
//! parts of the kernel with a long history of holes. Calls of another architecture end the process.

use std::collections::BTreeMap;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch};

/// Refused with "not permitted".
const REFUSED: [i64; 40] = [
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    // Other namespaces and mounts.
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsmount,
    libc::SYS_mount_setattr,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_open_by_handle_at,
    libc::SYS_name_to_handle_at,
    // The network, which the namespace has none of anyway. A pair of sockets stays: rustc starts its linker with one.
    libc::SYS_socket,
    // Parts of the kernel that no compiler needs.
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_fanotify_init,
    libc::SYS_vmsplice,
    // The machine itself.
    libc::SYS_kexec_load,
    libc::SYS_kexec_file_load,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_acct,
    libc::SYS_syslog,
];

/// The filter as bubblewrap reads it: the kernel's own instructions, one after the other.
///
/// # Errors
/// When this machine's architecture has no such filter.
pub fn program() -> Result<Vec<u8>, String> {
    let architecture =
        TargetArch::try_from(std::env::consts::ARCH).map_err(|error| error.to_string())?;
    let rules: BTreeMap<i64, Vec<_>> = REFUSED.into_iter().map(|call| (call, Vec::new())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refuse, architecture);
    let program: BpfProgram = filter
        .and_then(BpfProgram::try_from)
        .map_err(|error| format!("the system call filter cannot be built: {error}"))?;
    let encode = |instruction: seccompiler::sock_filter| {
        let [code_low, code_high] = instruction.code.to_ne_bytes();
        let [k0, k1, k2, k3] = instruction.k.to_ne_bytes();
        [
            code_low,
            code_high,
            instruction.jt,
            instruction.jf,
            k0,
            k1,
            k2,
            k3,
        ]
    };
    Ok(program.into_iter().flat_map(encode).collect())
}
