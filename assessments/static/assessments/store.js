// Answers on this device, in IndexedDB: given, and whether the server has them. They outlive a closed tab.

export const NAME = "quiz-answers";

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("answers", { keyPath: ["attempt", "position"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function within(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("answers", mode);
    const request = work(transaction.objectStore("answers"));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const range = (attempt) => IDBKeyRange.bound([attempt, 0], [attempt, Number.MAX_SAFE_INTEGER]);

// All answers of one attempt, or of all attempts on this device.
export const read = (attempt) => within("readonly", (store) => store.getAll(attempt && range(attempt)));

// Keeps the answer unless a newer one stands.
export const keep = (kept) =>
  within("readwrite", (store) => {
    const request = store.get([kept.attempt, kept.position]);
    request.onsuccess = () => {
      if (!request.result || request.result.sequence <= kept.sequence) store.put(kept);
    };
  });

export const forget = (attempt) => within("readwrite", (store) => store.delete(range(attempt)));
