// Which devices ONNX Runtime was built for on this system. Inference process.
import { listSupportedBackends } from "onnxruntime-node";
import { type Device, devices } from "./protocol.ts";

/** The processor first. That a device stands here says nothing of whether the machine has it. */
export function listDevices(): readonly Device[] {
  const built = new Set(listSupportedBackends().map(({ name }) => name));
  return devices.filter((device) => device === "cpu" || built.has(device));
}
