// Which microphones there are, and which of them is meant. Runs in the window.
// Chromium changes the ids of devices from time to time, so that a microphone is remembered by its name as well.

export interface Microphone {
  readonly id: string;
  readonly label: string;
}

/** The system's own choice comes first. Names are empty until the system has allowed the microphone once. */
export async function listMicrophones(): Promise<readonly Microphone[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === "audioinput" && deviceId !== "communications")
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

export interface Found {
  readonly microphone: Microphone;
  /** The one that was wanted is not there. */
  readonly isOther: boolean;
}

/** The one that is wanted, by id, then by name; else the system's choice. Null where there is none at all. */
export function findMicrophone(all: readonly Microphone[], wanted: Microphone): Found | null {
  const byId = all.find(({ id, label }) => id === wanted.id && (wanted.label === "" || label === wanted.label));
  const byLabel = all.find(({ label }) => label !== "" && label === wanted.label);
  const found = byId ?? byLabel ?? all[0];
  if (found === undefined) return null;
  const isWanted = found === byId || found === byLabel || (wanted.id === "" && wanted.label === "");
  return { microphone: found, isOther: !isWanted };
}
