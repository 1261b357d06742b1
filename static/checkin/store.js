// What the scanner keeps on the phone: scans that are not uploaded yet, and what it needs without network.
// The keys of the event are kept so that no script can read them back.

function request(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("fairs-door", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("queue", { keyPath: "client_id" });
      asked.result.createObjectStore("kept");
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

async function within(store, mode, work) {
  const database = await open();
  return request(work(database.transaction(store, mode).objectStore(store)));
}

export const queue = {
  put: (scan) => within("queue", "readwrite", (store) => store.put(scan)),
  remove: (clientId) => within("queue", "readwrite", (store) => store.delete(clientId)),
  all: () => within("queue", "readonly", (store) => store.getAll()),
};

export const kept = {
  get: (name) => within("kept", "readonly", (store) => store.get(name)),
  put: (name, value) => within("kept", "readwrite", (store) => store.put(value, name)),
  clear: () => within("kept", "readwrite", (store) => store.clear()),
};
