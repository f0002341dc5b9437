//! The sentences of the interface, from `locales/`, and the macro that names them.

#[allow(
    dead_code,
    unreachable_pub,
    clippy::single_char_add_str,
    reason = "generated: a sentence may wait for its page"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}
pub(crate) use generated::*;

/// A sentence by its key: `t!(need.title)`, `t!(need.joined, n = 3)`.
macro_rules! t {
    ($namespace:ident . $key:ident) => { $crate::pages::words::$namespace::$key };
    ($namespace:ident . $key:ident, $($argument:ident = $value:expr),+ $(,)?) => {
        $crate::pages::words::$namespace::$key { $($argument: &$value),+ }.text()
    };
}
pub(crate) use domain::kernel::french::of;
pub(crate) use t;
