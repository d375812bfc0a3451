//! What a desired retention costs and brings: the next days of a learner, played through.
//!
//! Every day the items that are due are reviewed, up to the limits, and new ones begin. Whether an item is recalled is
//! drawn with the probability that the model gives; the draws are the same every time. Steps within a day are played as
//! far as they count for the memory: what was forgotten is recalled once more on the same day.

use app::api::{ItemId, Rating};
use serde::Serialize;

use super::{
    chance::Chance,
    schedule::{MAXIMUM_INTERVAL_DAYS, Memory, Parameters, Scheduler, Spread, retrievability},
};

/// Who learns, and how much a day holds.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The parameters of their memory.
    pub parameters: Parameters,
    /// The most items that come back in a day.
    pub reviews_per_day: u32,
    /// The most new items in a day.
    pub new_items_per_day: u32,
    /// What they remember, and how many days ago each was last reviewed.
    pub memories: Vec<(Memory, u32)>,
    /// How many items they have not begun.
    pub new_items: u32,
}

impl Subject {
    /// Somebody with the default parameters and limits who begins `new_items` items.
    pub fn average(new_items: u32) -> Subject {
        Subject {
            parameters: Parameters::default(),
            reviews_per_day: 100,
            new_items_per_day: 10,
            memories: Vec::new(),
            new_items,
        }
    }
}

/// How the days go at one desired retention.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The desired retention.
    pub retention: f32,
    /// Reviews on each day, new items included.
    pub reviews: Vec<u32>,
    /// The mean probability at the end of each day of recalling an item that was begun; nothing before the first.
    pub recall: Vec<Option<f32>>,
    /// All reviews together.
    pub total_reviews: u32,
}

/// Of the recalled, how many are rated Hard and how many Easy; the shares that fsrs-rs simulates with.
const HARD_SHARE: f32 = 0.224;
const EASY_SHARE: f32 = 0.145;

struct Item {
    memory: Memory,
    reviewed_on: i64,
    due_on: i64,
    review_count: u32,
}

/// Plays `days` days at `retention`.
pub fn play(subject: &Subject, retention: f32, days: u32) -> Course {
    let scheduler = Scheduler::new(&subject.parameters, retention, MAXIMUM_INTERVAL_DAYS);
    let mut chance = Chance::new(6);
    let mut items: Vec<Item> = subject
        .memories
        .iter()
        .map(|(memory, days_ago)| Item {
            memory: *memory,
            reviewed_on: -i64::from(*days_ago),
            due_on: i64::from(scheduler.interval_of(*memory)) - i64::from(*days_ago),
            review_count: 1,
        })
        .collect();
    let mut course = Course {
        retention,
        reviews: Vec::new(),
        recall: Vec::new(),
        total_reviews: 0,
    };
    let mut new_items = subject.new_items;
    for today in 0..i64::from(days) {
        let mut due: Vec<usize> = (0..items.len())
            .filter(|place| items[*place].due_on <= today)
            .collect();
        due.sort_by_key(|place| items[*place].due_on);
        due.truncate(usize::try_from(subject.reviews_per_day).unwrap_or(usize::MAX));
        let returned = u32::try_from(due.len()).unwrap_or(u32::MAX);
        for place in due {
            let item = &mut items[place];
            let elapsed_days = u32::try_from(today - item.reviewed_on).unwrap_or(0);
            let recalled =
                chance.share() < retrievability(item.memory, elapsed_days, &subject.parameters);
            let rating = rating(&mut chance, recalled);
            review(&scheduler, item, place, elapsed_days, rating, today);
        }
        let begun = new_items.min(subject.new_items_per_day);
        new_items -= begun;
        for _ in 0..begun {
            let mut item = Item {
                memory: scheduler.next(None, 0, Rating::Good).memory,
                reviewed_on: today,
                due_on: today,
                review_count: 0,
            };
            review(&scheduler, &mut item, items.len(), 0, Rating::Good, today);
            items.push(item);
        }
        course.reviews.push(returned + begun);
        course.total_reviews += returned + begun;
        course
            .recall
            .push(mean_recall(&items, today, &subject.parameters));
    }
    course
}

fn rating(chance: &mut Chance, recalled: bool) -> Rating {
    match chance.share() {
        _ if !recalled => Rating::Again,
        share if share < HARD_SHARE => Rating::Hard,
        share if share < HARD_SHARE + EASY_SHARE => Rating::Easy,
        _ => Rating::Good,
    }
}

fn review(
    scheduler: &Scheduler,
    item: &mut Item,
    place: usize,
    elapsed_days: u32,
    rating: Rating,
    today: i64,
) {
    let mut next = scheduler.next(Some(item.memory), elapsed_days, rating);
    if rating == Rating::Again {
        next = scheduler.next(Some(next.memory), 0, Rating::Good);
    }
    item.memory = next.memory;
    item.reviewed_on = today;
    item.review_count += 1;
    let spread = Spread {
        item: ItemId(i64::try_from(place).unwrap_or(0)),
    };
    item.due_on = today + i64::from(scheduler.moved(&next, item.review_count, spread));
}

#[expect(clippy::cast_precision_loss, reason = "items are far fewer than 2^24")]
fn mean_recall(items: &[Item], today: i64, parameters: &Parameters) -> Option<f32> {
    let recalls = items.iter().map(|item| {
        let elapsed_days = u32::try_from(today - item.reviewed_on).unwrap_or(0);
        retrievability(item.memory, elapsed_days, parameters)
    });
    (!items.is_empty()).then(|| recalls.sum::<f32>() / items.len() as f32)
}
