use anyhow::bail;
use insta::assert_snapshot;

use super::Steps;

#[test]
fn a_failed_check_lets_the_others_run_and_fails_the_whole() {
    let mut steps = Steps::default();

    steps.check("formatting", "compares", || bail!("one file differs"));
    let tested = steps.check("tests", "runs them", || Ok(()));

    assert!(tested);
    let error = steps.conclude().expect_err("one check failed");
    assert_snapshot!(error, @"failed: formatting; the reasons are above, each under its step's name");
}

#[test]
fn a_step_that_is_not_needed_is_not_done() {
    let mut steps = Steps::default();

    steps
        .run("npm packages", "installs them", false, || bail!("was done"))
        .expect("it was not done");

    steps.conclude().expect("nothing failed");
    assert!(steps.table().contains("nothing to do"));
}
