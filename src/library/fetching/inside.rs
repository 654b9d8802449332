//! What is inside this machine or the network around it, where no redirect of the web may lead.
//!
//! Invariant: while [`Inside::keep_out`] holds, no connection is made to such an address, whatever name stands for it: names are looked up
//! once, and what is looked at is what is connected to.

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// What is said where a name leads inside.
pub const REFUSED: &str =
    "its name stands for an address inside this machine or its network; that is not followed";

/// Whether names may stand for addresses inside at the moment.
#[derive(Clone, Debug, Default)]
pub struct Inside(Arc<AtomicBool>);

impl Inside {
    /// From now on they may not, or may again.
    pub fn keep_out(&self, out: bool) {
        self.0.store(out, Ordering::Relaxed);
    }

    /// Whether they may not.
    pub fn is_kept_out(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Looks names up as the system does, and refuses those that lead inside while they are to be kept out.
#[derive(Debug)]
pub struct Lookup(pub Inside);

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // Behind a proxy it is the proxy that is looked up here, which the person chose.
        let kept_out = self.0.is_kept_out() && config.proxy().is_none();
        if kept_out && found.iter().any(|address| is_inside(address.ip())) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, REFUSED).into());
        }
        Ok(found)
    }
}

/// Whether an address is of this machine or of the network around it, as far as it says so.
pub fn says_so(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.').to_ascii_lowercase();
            let last = name.rsplit('.').next().unwrap_or_default();
            matches!(last, "localhost" | "local" | "internal")
        }
        Some(Host::Ipv4(ip)) => is_inside(ip.into()),
        Some(Host::Ipv6(ip)) => is_inside(ip.into()),
        None => true,
    }
}

fn is_inside(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            // 100.64.0.0/10: what a provider shares among its customers.
            let shared = ip.octets()[0] == 100 && ip.octets()[1] & 0xc0 == 64;
            ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || ip.octets()[0] == 0
                || ip.is_broadcast()
                || shared
        }
        IpAddr::V6(ip) => {
            let mapped = ip.to_ipv4_mapped().map(IpAddr::V4);
            // fc00::/7 and fe80::/10.
            let first = ip.segments()[0];
            mapped.is_some_and(is_inside)
                || ip.is_loopback()
                || ip.is_unspecified()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_inside_the_network_are_told() {
        for here in [
            "http://localhost/",
            "http://127.0.0.1:80/",
            "http://10.1.2.3/",
            "http://100.64.0.1/",
            "http://0.1.2.3/",
            "http://169.254.169.254/x",
            "http://[::1]/",
            "http://[::ffff:192.168.0.1]/",
            "http://[fe80::1]/",
            "http://a.local/",
            "http://0x7f.1/",
        ] {
            assert!(says_so(&Url::parse(here).unwrap()), "{here}");
        }
        for there in [
            "https://example.org/",
            "http://93.184.216.34/",
            "http://100.128.0.1/",
            "http://[2606:2800::1]/",
        ] {
            assert!(!says_so(&Url::parse(there).unwrap()), "{there}");
        }
    }

    #[test]
    fn a_name_that_stands_for_an_address_inside_is_refused_after_a_redirect() {
        let inside = Inside::default();
        let agent = ureq::Agent::with_parts(
            Config::builder().proxy(None).build(),
            ureq::unversioned::transport::DefaultConnector::default(),
            Lookup(inside.clone()),
        );
        // Nothing listens there: what differs is why it fails.
        let why = || {
            agent
                .get("http://localhost:9/")
                .call()
                .unwrap_err()
                .to_string()
        };
        assert!(!why().contains(REFUSED), "named by the person");
        inside.keep_out(true);
        assert!(why().contains(REFUSED), "{}", why());
    }
}
