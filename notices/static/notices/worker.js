// What the site tells this device, as part of its worker: one line, and the page where the rest stands.

addEventListener("push", (event) => {
  const { id, title, path } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { tag: id, lang: "vi", data: path })); // sent twice, shown once
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data));
});
