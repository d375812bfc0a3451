//! Which item of an edited lesson is which: a learner's history follows a question whose wording was improved.
//!
//! 1. A key that any version had belongs to the item that had it.
//! 2. What remains is matched by wording, the most alike first, within one kind.
//! 3. What still remains is new; an old item that nothing matched retires and keeps its history.

use app::api::{ItemId, ItemKind};

/// How alike two texts must be to be the same item, from 0 to 1 (Sørensen–Dice coefficient of their letter pairs).
const ALIKE: f64 = 0.6;

/// An item as earlier versions had it.
#[derive(Clone, Debug)]
pub struct KnownItem {
    /// The item.
    pub id: ItemId,
    /// What it asks about.
    pub kind: ItemKind,
    /// Every key that it had in any version.
    pub keys: Vec<String>,
    /// Its text in the latest version that had it.
    pub text: String,
}

/// An item of the version to be published.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// What it asks about.
    pub kind: ItemKind,
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
}

/// For each new item, in order, the known item that it is.
pub fn assign(known: &[KnownItem], new: &[NewItem]) -> Vec<Option<ItemId>> {
    let mut assigned = vec![None; new.len()];
    let mut free: Vec<&KnownItem> = known.iter().collect();
    for (place, item) in new.iter().enumerate() {
        let same = free
            .iter()
            .position(|known| known.kind == item.kind && known.keys.contains(&item.key));
        if let Some(position) = same {
            assigned[place] = Some(free.swap_remove(position).id);
        }
    }
    let mut pairs = Vec::new();
    for (place, item) in new
        .iter()
        .enumerate()
        .filter(|(place, _)| assigned[*place].is_none())
    {
        for known in free.iter().filter(|known| known.kind == item.kind) {
            let likeness =
                strsim::sorensen_dice(&known.text.to_lowercase(), &item.text.to_lowercase());
            if likeness >= ALIKE {
                pairs.push((likeness, place, known.id));
            }
        }
    }
    pairs.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then(left.1.cmp(&right.1))
            .then(left.2.cmp(&right.2))
    });
    for (_, place, id) in pairs {
        if assigned[place].is_none() && !assigned.contains(&Some(id)) {
            assigned[place] = Some(id);
        }
    }
    assigned
}
