//! What changed from the starter to the submission, function by function, in time per call: shares alone would say that
//! whatever was left as it is grew when the rest became faster.

use leptos::prelude::*;

use super::{HotSpot, Origin, ROWS, TypicalTimes, name};
use crate::{
    pages::text::Text,
    text::{Language, format},
};

/// The least change that is listed, as a share of the slower program's time.
const LEAST_CHANGE: f64 = 0.01;

/// How long a function itself takes in a typical call.
#[derive(Debug, PartialEq)]
pub(super) struct Change {
    pub(super) function: String,
    pub(super) origin: Origin,
    pub(super) before_ns: f64,
    pub(super) after_ns: f64,
}

impl Change {
    fn size_ns(&self) -> f64 {
        (self.after_ns - self.before_ns).abs()
    }
}

/// The functions whose time changed most, whatever calls them and whatever they are inlined into.
pub(super) fn changes(before: &[HotSpot], after: &[HotSpot], times: TypicalTimes) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let spots = before
        .iter()
        .map(|spot| (spot, spot.own_share * times.before_ns, 0.0))
        .chain(
            after
                .iter()
                .map(|spot| (spot, 0.0, spot.own_share * times.after_ns)),
        );
    for (spot, before_ns, after_ns) in spots {
        let is_same =
            |change: &&mut Change| change.function == spot.function && change.origin == spot.origin;
        match changes.iter_mut().find(is_same) {
            Some(change) => {
                change.before_ns += before_ns;
                change.after_ns += after_ns;
            }
            None => changes.push(Change {
                function: spot.function.clone(),
                origin: spot.origin,
                before_ns,
                after_ns,
            }),
        }
    }
    let least_ns = LEAST_CHANGE * times.before_ns.max(times.after_ns);
    changes.retain(|change| change.size_ns() >= least_ns);
    changes.sort_by(|one, other| other.size_ns().total_cmp(&one.size_ns()));
    changes.truncate(ROWS);
    changes
}

/// The changes as a table.
pub(super) fn table(
    before: &[HotSpot],
    after: &[HotSpot],
    times: TypicalTimes,
    language: Language,
) -> impl IntoView + use<> {
    let text = Text::of(language);
    let rows = changes(before, after, times);
    let row = move |change: Change| {
        let sign = if change.after_ns < change.before_ns {
            "−"
        } else {
            "+"
        };
        let size = format::duration(change.size_ns(), language);
        view! {
            <tr>
                <th scope="row">{name(change.function, change.origin, language)}</th>
                <td>{format::duration(change.before_ns, language)}</td>
                <td>{format::duration(change.after_ns, language)}</td>
                <td>{format!("{sign}{size}")}</td>
            </tr>
        }
    };
    (!rows.is_empty()).then(|| {
        view! {
            <table class="hot-spots">
                <caption>{text.findings.changes}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text.findings.function}</th>
                        <th scope="col">{text.verdict.before}</th>
                        <th scope="col">{text.verdict.after}</th>
                        <th scope="col">{text.findings.change}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(function: &str, line: u32, own_share: f64) -> HotSpot {
        HotSpot {
            function: function.to_owned(),
            line: Some(line),
            origin: Origin::Source,
            own_share,
            total_share: own_share,
        }
    }

    #[test]
    fn functions_are_compared_by_their_time_per_call_whatever_their_lines_and_shares() {
        let before = [
            spot("cost", 3, 0.5),
            spot("cost", 4, 0.3),
            spot("answer", 9, 0.2),
        ];
        let after = [
            spot("cost", 3, 0.2),
            spot("answer", 9, 0.4),
            spot("get", 12, 0.4),
        ];
        let times = TypicalTimes {
            before_ns: 1_000.0,
            after_ns: 500.0,
        };
        let told: Vec<String> = changes(&before, &after, times)
            .iter()
            .map(|change| {
                format!(
                    "{} {:.0} → {:.0}",
                    change.function, change.before_ns, change.after_ns
                )
            })
            .collect();
        // The share of `answer` doubled, and its time is what it was.
        assert_eq!(told, ["cost 800 → 100", "get 0 → 200"]);
    }
}
