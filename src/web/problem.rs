//! Says in plain words what went wrong on the wire.

use std::error::Error;
use std::io;

use super::WebSettings;
use super::names::PrivateAddress;
use crate::model::FetchProblem;

/// Explains why no answer came.
pub(super) fn of_sending(error: &reqwest::Error) -> FetchProblem {
    if error.is_timeout() {
        return FetchProblem::TimedOut;
    }
    if is_private(error) {
        return of_private_address();
    }
    if error.is_connect() {
        return FetchProblem::Unreachable(connecting(error).to_owned());
    }
    if error.is_builder() {
        return FetchProblem::Unreachable("its address cannot be asked".to_owned());
    }
    FetchProblem::BrokenAnswer("the server hung up or does not speak HTTP".to_owned())
}

/// Tells whether somebody was there, though no answer came: who is not on the network is not even refused.
/// Who waits longer for a connection than for an answer cannot tell silence from nobody.
pub(super) fn is_reached(error: &reqwest::Error, settings: &WebSettings) -> bool {
    if !error.is_connect() {
        let is_silence = error.is_timeout();
        return error.is_request() && (!is_silence || settings.connect_timeout < settings.read_timeout);
    }
    let kind = io_cause(error).map(io::Error::kind).filter(|_| !error.is_dns());
    matches!(
        kind,
        Some(
            io::ErrorKind::ConnectionRefused
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::UnexpectedEof
                | io::ErrorKind::InvalidData
                | io::ErrorKind::Other
        )
    )
}

/// Explains why an address is not asked that a server or a document leads to.
pub(super) fn of_private_address() -> FetchProblem {
    FetchProblem::PrivateAddress
}

/// Explains why an answer did not come whole.
pub(super) fn of_body(error: &reqwest::Error) -> FetchProblem {
    if error.is_timeout() {
        return FetchProblem::TimedOut;
    }
    let why = match io_cause(error).map(io::Error::kind) {
        Some(io::ErrorKind::InvalidData | io::ErrorKind::Other) => "it cannot be decompressed",
        _ => "it ended too early",
    };
    FetchProblem::BrokenAnswer(why.to_owned())
}

fn connecting(error: &reqwest::Error) -> &'static str {
    if error.is_dns() {
        return "the name of its host could not be looked up";
    }
    let Some(cause) = io_cause(error) else {
        return "the connection failed";
    };
    match cause.kind() {
        io::ErrorKind::ConnectionRefused => "the connection was refused",
        io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted | io::ErrorKind::UnexpectedEof => {
            "the connection was closed at once"
        }
        io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown => {
            "there is no way to its host"
        }
        io::ErrorKind::InvalidData | io::ErrorKind::Other => insecure(&cause.to_string()),
        _ => "the connection failed",
    }
}

/// Tells the faults of certificates apart by the words of the TLS library, which has no other way to tell them.
fn insecure(said: &str) -> &'static str {
    if said.contains("expired") || said.contains("Expired") {
        "its certificate has expired"
    } else if said.contains("not valid for name") || said.contains("NotValidForName") {
        "its certificate is for another host"
    } else if said.contains("certificate") {
        "its certificate is not trusted"
    } else {
        "no secure connection can be made"
    }
}

fn is_private(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = cause {
        if error.is::<PrivateAddress>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn io_cause(error: &reqwest::Error) -> Option<&io::Error> {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    let mut found = None;
    while let Some(error) = cause {
        found = error.downcast_ref().or(found);
        cause = error.source();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_certificates_are_told_apart() {
        let expired = "invalid peer certificate: certificate expired: verification time 2 (UNIX)";
        let other = "invalid peer certificate: certificate not valid for name \"a.test\"";
        let unknown = "invalid peer certificate: UnknownIssuer";
        assert_eq!(insecure(expired), "its certificate has expired");
        assert_eq!(insecure(other), "its certificate is for another host");
        assert_eq!(insecure(unknown), "its certificate is not trusted");
        assert_eq!(insecure("received corrupt message"), "no secure connection can be made");
    }
}
