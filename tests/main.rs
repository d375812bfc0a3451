//! End to end: the real server in a real browser.
