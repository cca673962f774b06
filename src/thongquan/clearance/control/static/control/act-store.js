// What is typed of an act, kept in the device's own database until the server has it.
const NAME = "tq-acts";
const ENTRIES = "entries";

let opened;
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function ask(mode, what) {
  const transaction = (await database()).transaction(ENTRIES, mode);
  const request = what(transaction.objectStore(ENTRIES));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

export function keep(entry) {
  return ask("readwrite", (store) => store.put(entry));
}

export function forget(key) {
  return ask("readwrite", (store) => store.delete(key));
}

// In the order they were typed: each device counts for itself.
export async function kept(officer, act) {
  const all = await ask("readonly", (store) => store.getAll());
  return all.filter((one) => one.officer === officer && one.act === act).sort((one, other) => one.place_in_row - other.place_in_row);
}
