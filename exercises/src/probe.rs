//! Six attempts to get out of the sandbox. The grader lets a child make them before it accepts any program, and refuses
//! to work when one succeeds.

use std::net::UdpSocket;
use std::path::Path;
use std::process::Command;

/// Something that the sandbox has to prevent, and whether it worked.
type Attempt = (&'static str, fn() -> bool);

/// Tries, and names what should have been impossible.
pub fn escapes() -> Vec<String> {
    let attempts: [Attempt; 6] = [
        ("read the host's list of accounts", || {
            Path::new("/etc/passwd").exists()
        }),
        ("see the host's processes", || {
            Path::new("/proc/self").exists()
        }),
        ("open a network connection", || {
            UdpSocket::bind("0.0.0.0:0").is_ok()
        }),
        ("write outside its own folder", || {
            std::fs::write("/probe", "").is_ok_and(|()| std::fs::remove_file("/probe").is_ok())
        }),
        ("start another program", || {
            Command::new("/bin/sh")
                .arg("-c")
                .arg("exit")
                .status()
                .is_ok()
        }),
        ("hold 8 GiB of memory", || {
            Vec::<u8>::new().try_reserve_exact(8 << 30).is_ok()
        }),
    ];
    attempts
        .into_iter()
        .filter(|(_, attempt)| attempt())
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn outside_the_sandbox_the_attempts_succeed() {
        let escapes = super::escapes();
        for name in [
            "read the host's list of accounts",
            "see the host's processes",
            "start another program",
        ] {
            assert!(
                escapes.iter().any(|escape| escape == name),
                "{name}: {escapes:?}"
            );
        }
    }
}
