// The button of the page of reminders that subscribes this browser to messages (Web Push).
const place = document.getElementById("push");
const button = place?.querySelector("button");
const status = place?.querySelector("[role=status]");

function say(word) {
  status.textContent = place.dataset[word];
}

function bytes(base64url) {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function subscribe() {
  const registration = await navigator.serviceWorker.register("/sw.js");
  if ((await Notification.requestPermission()) !== "granted") {
    return "denied";
  }
  await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(place.dataset.key),
  });
  const { endpoint, keys } = subscription.toJSON();
  const answer = await fetch("/api/v1/push/subscriptions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ endpoint, ...keys, language: document.documentElement.lang }),
  });
  return answer.ok ? "done" : "failed";
}

if (place) {
  place.hidden = false;
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
    button.hidden = true;
    say("unsupported");
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("working");
    try {
      say(await subscribe());
    } catch {
      say("failed");
    }
    button.disabled = false;
  });
}
