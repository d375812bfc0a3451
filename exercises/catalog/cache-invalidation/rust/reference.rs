use std::collections::{HashMap, VecDeque};

use world::*;

/// Answers from memory what it read before, and forgets what a write changes.
#[derive(Default)]
pub struct Service {
    cache: Cache,
    /// How many writes of a key were begun or ended: what was read across one of them may be old.
    epochs: HashMap<u64, u64>,
    /// The calls that are underway.
    writes: HashMap<Call, Request>,
    reads: HashMap<Call, Read>,
    /// The read that is underway for a key.
    reading: HashMap<u64, Call>,
}

/// A read, and everybody who waits for it.
struct Read {
    key: u64,
    epoch: u64,
    readers: Vec<RequestId>,
}

/// Values by key; the oldest makes room for the next.
#[derive(Default)]
struct Cache {
    values: HashMap<u64, u64>,
    order: VecDeque<u64>,
}

impl Cache {
    fn keep(&mut self, key: u64, value: u64) {
        if self.values.insert(key, value).is_none() {
            self.order.push_back(key);
        }
        while self.values.len() as u64 > cache_entries() {
            if let Some(oldest) = self.order.pop_front() {
                self.values.remove(&oldest);
            }
        }
    }

    fn forget(&mut self, key: u64) {
        if self.values.remove(&key).is_some() {
            self.order.retain(|kept| *kept != key);
        }
    }
}

impl Service {
    /// What is known of a key may be old from now on.
    fn changes(&mut self, key: u64) {
        *self.epochs.entry(key).or_default() += 1;
        self.cache.forget(key);
        self.reading.remove(&key);
    }

    fn read(&mut self, reader: RequestId, key: u64) {
        if let Some(value) = self.cache.values.get(&key) {
            return reply(reader, &[*value]);
        }
        if let Some(read) = self.reading.get(&key).and_then(|call| self.reads.get_mut(call)) {
            return read.readers.push(reader);
        }
        let call = start_call(DATABASE.read(&[key]));
        let epoch = *self.epochs.entry(key).or_default();
        self.reading.insert(key, call);
        let read = Read { key, epoch, readers: vec![reader] };
        self.reads.insert(call, read);
    }

    fn read_ended(&mut self, read: Read, value: u64) {
        for reader in read.readers {
            reply(reader, &[value]);
        }
        if self.epochs.get(&read.key) == Some(&read.epoch) {
            self.cache.keep(read.key, value);
            self.reading.remove(&read.key);
        }
    }
}

pub fn on_event(service: &mut Service, event: Event) {
    match event {
        Event::Arrived(request) if request.is_write => {
            service.changes(request.keys[0]);
            let call = start_call(DATABASE.write(&request.keys));
            service.writes.insert(call, request);
        }
        Event::Arrived(request) => service.read(request.id, request.keys[0]),
        Event::Finished { call, values } => {
            if let Some(request) = service.writes.remove(&call) {
                service.changes(request.keys[0]);
                reply(request.id, &[]);
            } else if let Some(read) = service.reads.remove(&call) {
                service.read_ended(read, values[0]);
            }
        }
        Event::Failed { .. } | Event::Timer { .. } => {}
    }
}
