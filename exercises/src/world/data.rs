//! The values that a world holds. A write gives its keys new values, so that an old one can be told from the present one.

use std::collections::BTreeMap;

use crate::measure::random::Random;

/// The value that a cache gives for what it does not hold; no key has it.
pub const ABSENT: u64 = 0;

/// The versions of all keys, and what the program has promised about them.
#[derive(Clone, Debug)]
pub struct Data {
    seed: u64,
    /// Of each key that was written: its versions in order, by when they came to be. The first is of the beginning.
    versions: BTreeMap<u64, Vec<Version>>,
}

/// The value that a key has from a moment on.
#[derive(Clone, Copy, Debug)]
struct Version {
    from_ns: u64,
    /// When a user was told that it is written.
    confirmed_ns: Option<u64>,
}

/// What a value that was given for a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It is right.
    Fresh,
    /// It was right until this many nanoseconds before the request came.
    Stale {
        /// How old it was.
        behind_ns: u64,
    },
    /// It never was right.
    Wrong,
}

impl Data {
    /// The data of a world with this seed, by this name.
    pub fn new(seed: u64, name: &str) -> Data {
        let mut salt = seed;
        for byte in name.bytes() {
            salt = Random(Random(salt).next() ^ u64::from(byte)).next();
        }
        Data {
            seed: salt,
            versions: BTreeMap::new(),
        }
    }

    /// The present value of a key.
    pub fn value(&self, key: u64) -> u64 {
        self.value_of(key, self.latest(key))
    }

    /// Gives a key a new value, and says which version that is.
    pub fn write(&mut self, key: u64, now_ns: u64) -> usize {
        let first = Version {
            from_ns: 0,
            confirmed_ns: None,
        };
        let versions = self.versions.entry(key).or_insert_with(|| vec![first]);
        versions.push(Version {
            from_ns: now_ns,
            confirmed_ns: None,
        });
        versions.len() - 1
    }

    /// Notes that a user was told of the present value of a key.
    pub fn confirm(&mut self, key: u64, version: usize, now_ns: u64) {
        if let Some(version) = self
            .versions
            .get_mut(&key)
            .and_then(|versions| versions.get_mut(version))
        {
            version.confirmed_ns.get_or_insert(now_ns);
        }
    }

    /// Judges the value that was given to a request for a key. Right is every value that the key has had since the
    /// last write that was confirmed before the request came: what users were told is written has to be seen, and what
    /// is still being written may be seen or not.
    pub fn judge(&self, key: u64, given: u64, arrived_ns: u64) -> Judged {
        let Some(versions) = self.versions.get(&key) else {
            return if given == self.value_of(key, 0) {
                Judged::Fresh
            } else {
                Judged::Wrong
            };
        };
        let is_confirmed =
            |version: &Version| version.confirmed_ns.is_some_and(|at| at <= arrived_ns);
        let oldest_right = versions.iter().rposition(is_confirmed).unwrap_or(0);
        let found = (0..versions.len()).rfind(|version| given == self.value_of(key, *version));
        match found {
            None => Judged::Wrong,
            Some(version) if version >= oldest_right => Judged::Fresh,
            Some(version) => Judged::Stale {
                behind_ns: arrived_ns.saturating_sub(versions[version + 1].from_ns),
            },
        }
    }

    /// Whether a key was written at this moment or later.
    pub fn is_written_since(&self, key: u64, since_ns: u64) -> bool {
        let versions = self.versions.get(&key).map_or(&[][..], Vec::as_slice);
        versions
            .last()
            .is_some_and(|last| versions.len() > 1 && last.from_ns >= since_ns)
    }

    /// The version that a key has now.
    pub fn latest(&self, key: u64) -> usize {
        self.versions
            .get(&key)
            .map_or(0, |versions| versions.len() - 1)
    }

    fn value_of(&self, key: u64, version: usize) -> u64 {
        let mixed = Random(self.seed ^ key).next() ^ version as u64;
        Random(mixed).next().max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_right_until_a_write_was_confirmed_and_stale_from_then_on() {
        let mut data = Data::new(1, "database");
        let old = data.value(7);
        let version = data.write(7, 1_000);
        let new = data.value(7);
        assert_ne!(old, new);
        assert_eq!(data.judge(7, old, 1_500), Judged::Fresh, "nobody was told");
        data.confirm(7, version, 2_000);
        assert_eq!(data.judge(7, old, 1_500), Judged::Fresh, "it came before");
        assert_eq!(
            data.judge(7, old, 2_500),
            Judged::Stale { behind_ns: 1_500 }
        );
        assert_eq!(data.judge(7, new, 2_500), Judged::Fresh);
        assert_eq!(data.judge(7, 99, 2_500), Judged::Wrong);
        assert_eq!(data.judge(8, data.value(8), 2_500), Judged::Fresh);
    }

    #[test]
    fn data_of_different_names_and_worlds_differ() {
        let values =
            [(1, "a"), (1, "b"), (2, "a")].map(|(seed, name)| Data::new(seed, name).value(1));
        assert!(values[0] != values[1] && values[0] != values[2] && values[1] != values[2]);
    }
}
