use super::is_same;

#[test]
fn case_punctuation_unicode_form_and_keyboard_do_not_matter() {
    for answer in [
        "bottleneck",
        "  Bottleneck. ",
        "BOTTLENECK!",
        "вottlenеck",
        "ｂottleneck",
    ] {
        assert!(is_same("bottleneck", answer), "{answer}");
    }
    assert!(is_same("тясно място", "Тясно  място"));
    assert!(is_same("кафе й", "кафе и\u{306}"));
    assert!(!is_same("bottleneck", "bottle"));
    assert!(!is_same("bottleneck", ""));
}

#[test]
fn a_number_is_compared_as_a_number() {
    for answer in ["42", "42.0", "42,0", " 42 ", "+42"] {
        assert!(is_same("42", answer), "{answer}");
    }
    assert!(is_same("1 000 000", "1000000"));
    assert!(is_same("0,1", ".1"));
    assert!(is_same("-3", "−3"));
    assert!(!is_same("42", "43"));
    assert!(!is_same("42", "forty-two"));
}

#[test]
fn a_tolerance_is_absolute_or_a_percentage() {
    assert!(is_same("42 ± 5%", "44.1") && !is_same("42 ± 5%", "44.2"));
    assert!(is_same("42 ± 2", "40") && !is_same("42 ± 2", "39.9"));
    assert!(is_same("42 +/- 2", "44"));
    assert!(is_same("50% ± 2", "48") && is_same("50% ± 2%", "52 %") && !is_same("50% ± 2%", "53%"));
}

#[test]
fn a_percent_sign_may_be_missing_but_another_unit_must_agree() {
    assert!(is_same("50%", "50"));
    assert!(is_same("42 ms", "42ms") && !is_same("42 ms", "42 s") && !is_same("42 ms", "42"));
}
