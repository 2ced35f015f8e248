// The keys of this browser, in IndexedDB of this site: {id, account, privateKey, spki, made}. `id` is the SHA-256 of the public key
// in hexadecimal. They go when the browser's data are cleared; then the person enrols anew.

function settled(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

async function inStore(mode, deed) {
  const opening = indexedDB.open("vermilion", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys", { keyPath: "id" });
  const database = await settled(opening);
  try {
    const transaction = database.transaction("keys", mode);
    const over = new Promise((done, failed) => {
      transaction.oncomplete = done;
      transaction.onabort = () => failed(transaction.error);
    });
    const result = await settled(deed(transaction.objectStore("keys")));
    await over; // not kept before the transaction is
    return result;
  } finally {
    database.close();
  }
}

export const findKey = (id) => inStore("readonly", (keys) => keys.get(id));
export const keepKey = (key) => inStore("readwrite", (keys) => keys.put(key));

// Keys of that account other than the ones named: requests that were never sent, and certificates since replaced.
export async function forgetOthers(account, ids) {
  const all = await inStore("readonly", (keys) => keys.getAll());
  for (const key of all) {
    if (key.account === account && !ids.includes(key.id)) await inStore("readwrite", (keys) => keys.delete(key.id));
  }
}

// Null where keys can be kept and used, else the reason as the page names it.
export function obstacle() {
  if (!globalThis.isSecureContext || !globalThis.crypto?.subtle) return "no-crypto";
  return globalThis.indexedDB ? null : "no-storage";
}
