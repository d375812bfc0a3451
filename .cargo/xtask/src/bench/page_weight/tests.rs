use insta::assert_snapshot;
use serde_json::json;

use super::{NetLog, table};

#[test]
fn what_was_fetched_from_elsewhere_or_sent_as_it_is_is_told_apart() {
    let event =
        |kind: u32, id: u64, params| json!({"type": kind, "source": {"id": id}, "params": params});
    let log: NetLog = serde_json::from_value(json!({
        "constants": {"logEventTypes": {
            "URL_REQUEST_START_JOB": 1,
            "URL_REQUEST_JOB_BYTES_READ": 2,
            "URL_REQUEST_JOB_FILTERED_BYTES_READ": 3,
        }},
        "events": [
            event(1, 10, json!({"url": "http://localhost:1/bg/lessons/22"})),
            event(1, 11, json!({"url": "https://elsewhere.example/beacon"})),
            event(2, 10, json!({"byte_count": 700})),
            event(3, 11, json!({"byte_count": 5})),
            event(3, 10, json!({"byte_count": 4000})),
            event(1, 12, json!({"url": "http://localhost:1/assets/app_bg-1.wasm"})),
            event(2, 12, json!({"byte_count": 60})),
            event(2, 12, json!({"byte_count": 40})),
            event(3, 12, json!({"byte_count": 300})),
            event(1, 13, json!({"url": "http://localhost:1/assets/serif-1.woff2"})),
            event(3, 13, json!({"byte_count": 10})),
            event(3, 13, json!(null)),
        ],
    }))
    .expect("the log is Chromium's");

    assert_snapshot!(table(&log.fetched("http://localhost:1")), @"
    bytes                                                 sent   in full
    /bg/lessons/22                                         700      4000
    /assets/app_bg-1.wasm                                  100       300
    /assets/serif-1.woff2                                   10        10
    everything                                             810      4310
    of it WebAssembly                                      100       300
    ");
}
