//! What pages say about simulated worlds.

mod bg;
mod en;

use crate::text::Language;

/// The words for a simulated world in one language.
pub(crate) struct WorldText {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// The speed-up, where it is known exactly.
    pub(crate) exactly: fn(&str) -> String,
    pub(crate) measure: &'static str,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) throughput: &'static str,
    pub(crate) requests: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) per_second: &'static str,
    /// What is graded, by the metric's word.
    pub(crate) graded: fn(&str) -> String,
    // The waterfall.
    pub(crate) waterfall: &'static str,
    pub(crate) waterfall_legend: &'static str,
    pub(crate) left_out: fn(u32) -> String,
    pub(crate) request: &'static str,
    // Time by component.
    pub(crate) time: &'static str,
    pub(crate) component: &'static str,
    pub(crate) travelling: &'static str,
    pub(crate) queueing: &'static str,
    pub(crate) serving: &'static str,
    pub(crate) share: &'static str,
    pub(crate) calls: &'static str,
    pub(crate) program: &'static str,
    // How busy everything was.
    pub(crate) timeline: &'static str,
    pub(crate) timeline_legend: &'static str,
    // What the next gain would need.
    pub(crate) gain: &'static str,
    /// The bottleneck's name, and its share of the time.
    pub(crate) bottleneck: fn(&str, &str) -> String,
    /// The bottleneck's name, and how busy it was.
    pub(crate) busy: fn(&str, &str) -> String,
    /// The component's name, and the speed-up if it took no time.
    pub(crate) amdahl: fn(&str, &str) -> String,
    /// Requests per second, the time that one stays, and how many are in the system.
    pub(crate) little: fn(&str, &str, &str) -> String,
    // The page of a world.
    pub(crate) page: &'static str,
    pub(crate) page_lead: &'static str,
    pub(crate) show: &'static str,
    pub(crate) load: &'static str,
    pub(crate) connections_of: fn(&str) -> String,
    pub(crate) latency_chart: &'static str,
    pub(crate) throughput_chart: &'static str,
    pub(crate) starter: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) load_per_second: &'static str,
    pub(crate) load_size: &'static str,
    pub(crate) broken: &'static str,
    /// The program's name, throughput alone, contention, coherence, and the peak where there is one.
    pub(crate) scalability: fn(&str, &str, &str, &str, Option<&str>) -> String,
    pub(crate) to_world: &'static str,
    pub(crate) callable: &'static str,
}

impl WorldText {
    /// The words in this language.
    pub(crate) fn of(language: Language) -> &'static WorldText {
        match language {
            Language::Bulgarian => &bg::WORLD,
            Language::English => &en::WORLD,
        }
    }
}
