//! Where a device is: a TCP address, a Unix socket, or a serial port.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::path::Path;
use std::time::Duration;

use serial2::SerialPort;

use super::LineError;

/// So long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Where a device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// `HOST:PORT`, which is how an emulator or a serial server is reached.
    Tcp(String),
    /// A socket in the file system.
    #[cfg(unix)]
    Unix(String),
    /// A serial port, and its speed.
    Serial(String, u32),
}

impl Address {
    /// Reads an address as it is typed.
    pub(crate) fn parse(text: &str, baud: u32) -> Result<Self, LineError> {
        let is_tcp = |text: &str| {
            let port = text.rsplit_once(':').filter(|(host, _)| !host.is_empty() && !host.contains('/'));
            port.is_some_and(|(_, port)| port.parse::<u16>().is_ok())
        };
        if let Some(tcp) = text.strip_prefix("tcp:") {
            return if is_tcp(tcp) { Ok(Self::Tcp(tcp.to_owned())) } else { Err(LineError::Address) };
        }
        #[cfg(unix)]
        if is_socket(Path::new(text)) {
            return Ok(Self::Unix(text.to_owned()));
        }
        if is_tcp(text) && !Path::new(text).exists() {
            return Ok(Self::Tcp(text.to_owned()));
        }
        if text.is_empty() { Err(LineError::Address) } else { Ok(Self::Serial(text.to_owned(), baud)) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "tcp:{address}"),
            #[cfg(unix)]
            Self::Unix(path) => f.write_str(path),
            Self::Serial(name, _) => f.write_str(name),
        }
    }
}

#[cfg(unix)]
fn is_socket(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    std::fs::metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

/// Bytes in both directions, and how long to wait for the next one.
pub(super) trait Port: Read + Write {
    fn limit(&mut self, silence: Duration) -> io::Result<()>;
}

impl Port for TcpStream {
    fn limit(&mut self, silence: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(silence))
    }
}

#[cfg(unix)]
impl Port for std::os::unix::net::UnixStream {
    fn limit(&mut self, silence: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(silence))
    }
}

impl Port for SerialPort {
    fn limit(&mut self, silence: Duration) -> io::Result<()> {
        self.set_read_timeout(silence)
    }
}

pub(super) fn open(address: &Address, silence: Duration) -> io::Result<Box<dyn Port>> {
    match address {
        Address::Tcp(address) => {
            let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
            for place in address.to_socket_addrs()? {
                match TcpStream::connect_timeout(&place, CONNECT) {
                    Ok(stream) => {
                        stream.set_nodelay(true)?;
                        stream.set_write_timeout(Some(silence))?;
                        return Ok(Box::new(stream));
                    }
                    Err(error) => last = error,
                }
            }
            Err(last)
        }
        #[cfg(unix)]
        Address::Unix(path) => {
            let stream = std::os::unix::net::UnixStream::connect(path)?;
            stream.set_write_timeout(Some(silence))?;
            Ok(Box::new(stream))
        }
        Address::Serial(name, baud) => {
            let mut port = SerialPort::open(name, *baud)?;
            port.set_write_timeout(silence)?;
            Ok(Box::new(port))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_for_one_of_another_kind() {
        let parse = |text| Address::parse(text, 115_200).ok();
        let serial = |name: &str| Some(Address::Serial(name.to_owned(), 115_200));
        let tcp = |name: &str| Some(Address::Tcp(name.to_owned()));
        assert_eq!(parse("/dev/ttyACM0"), serial("/dev/ttyACM0"));
        assert_eq!(parse("COM3"), serial("COM3"));
        assert_eq!(parse("/dev/serial/by-id/usb:0:1"), serial("/dev/serial/by-id/usb:0:1"));
        assert_eq!(parse("127.0.0.1:4444"), tcp("127.0.0.1:4444"));
        assert_eq!(parse("tcp:[::1]:4444"), tcp("[::1]:4444"));
        assert_eq!(parse("tcp:localhost:4444"), tcp("localhost:4444"));
        for bad in ["", "tcp:", "tcp:localhost", "tcp:localhost:99999", "tcp:/x:1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
