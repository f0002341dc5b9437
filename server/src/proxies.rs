//! Who asks, when a proxy stands in front: the brake on attempts must not count everybody as one.

use std::{net::IpAddr, str::FromStr};

/// The proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedProxies(Vec<Network>);

impl TrustedProxies {
    /// The address that counts. Each proxy writes at the right end of the list whom it heard from, so the list is read
    /// from there, as far as those who wrote it are trusted; what stands further left may be anybody's invention.
    pub(crate) fn caller<'a>(&self, socket: IpAddr, forwarded: impl DoubleEndedIterator<Item = &'a str>) -> IpAddr {
        let mut caller = socket.to_canonical();
        for entry in forwarded.rev() {
            if !self.contains(caller) {
                break;
            }
            let Some(before) = address(entry) else { break };
            caller = before;
        }
        caller
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }
}

/// Addresses and networks apart by commas: `127.0.0.1, 10.0.0.0/8, fd00::/8`.
impl FromStr for TrustedProxies {
    /// The part that is neither.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| part.parse().map_err(|UnknownNetwork| part.to_owned())).collect::<Result<_, _>>().map(Self)
    }
}

/// The addresses that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    base: IpAddr,
    bits: u32,
}

struct UnknownNetwork;

impl FromStr for Network {
    type Err = UnknownNetwork;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (base, bits) = text.split_once('/').map_or((text, None), |(base, bits)| (base, Some(bits)));
        let base: IpAddr = base.parse().map_err(|_| UnknownNetwork)?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| UnknownNetwork)?;
        if bits > most { Err(UnknownNetwork) } else { Ok(Self { base, bits }) }
    }
}

impl Network {
    fn contains(self, address: IpAddr) -> bool {
        match (self.base, address.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                base.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

/// One entry of the list: an address, which some proxies write with a port or in brackets.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(entry);
    let parsed: Option<IpAddr> = bare.parse().ok();
    parsed
        .or_else(|| bare.parse::<std::net::SocketAddr>().ok().map(|with_port| with_port.ip()))
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(trusted: &str, socket: &str, forwarded: &str) -> String {
        let trusted: TrustedProxies = trusted.parse().expect("networks");
        let entries = if forwarded.is_empty() { Vec::new() } else { forwarded.split(',').collect() };
        trusted.caller(socket.parse().expect("an address"), entries.into_iter()).to_string()
    }

    #[test]
    fn without_trusted_proxies_the_list_is_nobodys_word() {
        assert_eq!(caller("", "203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(caller("10.0.0.0/8", "203.0.113.9", "198.51.100.1"), "203.0.113.9");
    }

    #[test]
    fn the_right_most_address_that_is_no_proxy_of_ours_counts() {
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", "192.0.2.66, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(caller("10.0.0.0/8, ::1", "::1", "[2001:db8::7]:443"), "2001:db8::7");
        assert_eq!(caller("127.0.0.1", "::ffff:127.0.0.1", "198.51.100.1:5000"), "198.51.100.1");
    }

    #[test]
    fn what_can_not_be_read_stops_at_the_last_proxy() {
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", ""), "10.0.0.1");
        assert_eq!(caller("10.0.0.0/8", "10.0.0.1", "198.51.100.1, unknown"), "10.0.0.1");
        assert_eq!(caller("0.0.0.0/0", "10.0.0.1", "198.51.100.1"), "198.51.100.1");
    }

    #[test]
    fn a_network_that_can_not_be_read_is_named() {
        let read = |text: &str| text.parse::<TrustedProxies>();

        assert_eq!(read("10.0.0.0/8, 10.0.0.0/33"), Err("10.0.0.0/33".to_owned()));
        assert_eq!(read("proxy.example"), Err("proxy.example".to_owned()));
        assert!(read(" 127.0.0.1 , fd00::/8 ,").is_ok());
    }
}
