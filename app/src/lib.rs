//! The pages and islands of Latency Lab.

pub mod api;
