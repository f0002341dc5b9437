//! The sentences of the interface, from `locales/`, and the macro that names them.

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A sentence by its key: `t!(need.title)`, `t!(need.joined, n = 3)`.
macro_rules! t {
    ($namespace:ident . $key:ident) => { $crate::pages::words::$namespace::$key };
    ($namespace:ident . $key:ident, $($argument:ident = $value:expr),+ $(,)?) => {
        $crate::pages::words::$namespace::$key { $($argument: &$value),+ }.text()
    };
}
pub(crate) use t;
