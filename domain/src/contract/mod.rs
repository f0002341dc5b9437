//! A concluded contract: what may be ordered on it, by whom, up to which amount.
