//! A machine that is too busy to run a process.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use exercises::sandbox::{Limits, Process, Sandbox};

use super::turn;

/// A process that uses no processor time, as one does that a busy machine keeps waiting.
fn waiting_process() -> Process {
    Process {
        command: ["/usr/bin/sleep", "600"].map(str::to_owned).to_vec(),
        read_only: vec![(PathBuf::from("/usr"), "/usr".to_owned())],
        links: vec![
            ("usr/lib".to_owned(), "/lib".to_owned()),
            ("usr/lib64".to_owned(), "/lib64".to_owned()),
        ],
        writable: None,
        folder: "/".to_owned(),
        environment: Vec::new(),
        input: Vec::new(),
        limits: Limits {
            address_space_bytes: None,
            data_bytes: 1 << 28,
            processor_seconds: 2,
            file_bytes: 0,
            wall: Duration::from_millis(100),
            output_bytes: 1 << 10,
        },
        pinned: false,
    }
}

#[test]
fn who_gets_no_processor_time_is_a_failure_of_ours_and_no_limit_that_a_program_reached() {
    let _turn = turn();
    let sandbox = Sandbox::find().expect("this machine has one");
    let error = sandbox.run(&waiting_process()).expect_err("it never ends");
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    insta::assert_snapshot!(exercises::GraderError::from(error), @"the machine failed: it is too busy: a process in the sandbox was not done after 100ms, and had not had its processor time");
}
