use super::*;

fn estimate(low: f64, high: f64) -> Estimate {
    Estimate {
        speedup: (low * high).sqrt(),
        low,
        high,
    }
}

#[test]
fn the_word_depends_on_where_the_whole_interval_lies() {
    let table = [
        (estimate(1.04, 1.10), Verdict::Faster),
        (estimate(1.02, 1.10), Verdict::Inconclusive),
        (estimate(0.98, 1.02), Verdict::Same),
        (estimate(0.96, 1.02), Verdict::Inconclusive),
        (estimate(0.90, 0.96), Verdict::Slower),
        (estimate(0.90, 0.98), Verdict::Inconclusive),
        (estimate(0.50, 2.00), Verdict::Inconclusive),
    ];
    for (estimate, verdict) in table {
        assert_eq!(decide(&estimate, FLOOR), verdict, "{estimate:?}");
    }
}

#[test]
fn a_target_is_reached_when_the_low_end_reaches_it() {
    assert!(passes(&estimate(2.0, 2.4), FLOOR, 2.0));
    assert!(!passes(&estimate(1.99, 2.4), FLOOR, 2.0));
    assert!(
        !passes(&estimate(1.01, 1.02), FLOOR, 1.0),
        "within the floor nothing is faster"
    );
}

#[test]
fn a_report_has_every_key_of_the_contract() {
    let failure = Failure::MemoryLimit {
        asked_bytes: 70 << 20,
        limit_bytes: 64 << 20,
    };
    let report = Report::failed(failure, 2.0, Language::Rust);
    insta::assert_json_snapshot!(report, @r#"
    {
      "verdict": "memory_limit",
      "passed": false,
      "target": 2.0,
      "speedup": null,
      "interval": null,
      "stars": null,
      "reason": null,
      "language": "rust",
      "before": null,
      "after": null,
      "percentiles": null,
      "samples_before_ns": [],
      "samples_after_ns": [],
      "fuel_before": null,
      "fuel_after": null,
      "fuel_reference": null,
      "peak_memory_bytes": null,
      "module_bytes_before": null,
      "module_bytes_after": null,
      "rerun": false,
      "clock": "cpu",
      "metric": null,
      "virtual_clock": null,
      "world": null,
      "message": "The program asked for 70.0 MiB of memory in all, and 64.0 MiB are allowed. Keep less at a time.",
      "failure": {
        "kind": "memory_limit",
        "asked_bytes": 73400320,
        "limit_bytes": 67108864
      },
      "stages": []
    }
    "#);
}
