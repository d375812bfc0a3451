// The service worker: shows a message that was pushed, and opens the review when it is clicked.

self.addEventListener("push", (event) => {
  const message = event.data.json();
  event.waitUntil(
    self.registration.showNotification(message.title, {
      body: message.body,
      lang: message.lang,
      // A later reminder replaces one that was not looked at.
      tag: "review",
      data: { url: message.url },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(new URL(event.notification.data.url, self.location.origin)));
});

async function open(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const window of windows) {
    if (new URL(window.url).pathname === url.pathname) {
      return window.focus();
    }
  }
  return self.clients.openWindow(url);
}
