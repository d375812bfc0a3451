use super::{card::suggested, *};

#[test]
fn ticks_suggest_again_for_none_hard_for_under_half_and_good_from_half_on() {
    let suggestions = [0, 1, 2, 3, 4, 5].map(|ticked| suggested(5, ticked, None));
    use Rating::{Again, Good, Hard};
    assert_eq!(suggestions, [Again, Hard, Hard, Good, Good, Good].map(Some));
}

#[test]
fn half_of_the_points_are_enough_for_good() {
    assert_eq!(suggested(4, 2, None), Some(Rating::Good));
}

#[test]
fn a_question_without_a_rubric_suggests_nothing() {
    assert_eq!(suggested(0, 0, None), None);
}

#[test]
fn the_automatic_check_decides_the_suggestion_whatever_the_ticks() {
    assert_eq!(suggested(3, 0, Some(true)), Some(Rating::Good));
    assert_eq!(suggested(3, 3, Some(false)), Some(Rating::Again));
}

#[test]
fn the_learners_own_words_are_never_markup() {
    insta::assert_snapshot!(markup::given(&[], "a < b && <script>"), @"a &lt; b &amp;&amp; &lt;script&gt;");
}

#[test]
fn chosen_answers_are_shown_in_the_authors_words_and_unknown_ones_left_out() {
    let choices = ["<em>p50</em>".to_owned(), "p99".to_owned()];
    insta::assert_snapshot!(markup::given(&choices, "1 0 7 x"), @"<div>p99</div><div><em>p50</em></div>");
}
