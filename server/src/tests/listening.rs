//! The accept loop: clients that never finish hold nothing for long, and the server can always stop.

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::listen;

/// A server with one page, and the word that stops it.
async fn start() -> (std::net::SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = watch::channel(false);
    let router = Router::new().route("/", get(|| async { "here" }));
    let serving = tokio::spawn(listen::serve(listener, router, stopped));
    (address, stop, serving)
}

async fn everything(stream: &mut TcpStream) -> String {
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("the connection is closed in order");
    answer
}

#[tokio::test]
async fn a_request_is_answered() {
    let (address, _stop, _serving) = start().await;
    let mut client = TcpStream::connect(address).await.expect("a connection");
    let request = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    client.write_all(request).await.expect("a request");
    assert!(everything(&mut client).await.ends_with("here"));
}

#[tokio::test(start_paused = true)]
async fn a_client_that_never_ends_its_request_is_hung_up_on() {
    let (address, _stop, _serving) = start().await;
    let mut client = TcpStream::connect(address).await.expect("a connection");
    client
        .write_all(b"GET / HTTP/1.1\r\nhost")
        .await
        .expect("half a request");
    assert!(!everything(&mut client).await.contains("here"));
}

#[tokio::test(start_paused = true)]
async fn the_server_stops_although_a_client_is_in_the_middle_of_its_request() {
    let (address, stop, serving) = start().await;
    let mut client = TcpStream::connect(address).await.expect("a connection");
    client
        .write_all(b"GET / HTTP/1.1\r\nhost")
        .await
        .expect("half a request");
    stop.send_replace(true);
    serving.await.expect("it stops");
}
