// The camera: reads QR codes with the browser's own reader if it has one, else with the vendored one.

const PAUSE = 80; // milliseconds between two looks, so that the phone stays cool

async function reader(wasm) {
  if ("BarcodeDetector" in globalThis) {
    const formats = await globalThis.BarcodeDetector.getSupportedFormats();
    if (formats.includes("qr_code")) return new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  }
  const { BarcodeDetector, prepareZXingModule } = globalThis.BarcodeDetectionAPI;
  const locateFile = (path, prefix) => (path.endsWith(".wasm") ? wasm : prefix + path);
  prepareZXingModule({ overrides: { locateFile } });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** Shows the camera in a video element and calls back with each text that is read. Fails without a camera. */
export async function watch(video, wasm, onText) {
  const wanted = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
  video.srcObject = stream;
  await video.play();
  const detector = await reader(wasm);
  const look = async () => {
    try {
      if (video.readyState >= 2) for (const { rawValue } of await detector.detect(video)) onText(rawValue);
    } catch {
      // a frame that cannot be read is followed by the next one
    }
    setTimeout(look, PAUSE);
  };
  look();
  return stream.getVideoTracks()[0];
}

/** Switches the lamp, where the camera has one; whether it has. */
export async function torch(track, on) {
  if (!track.getCapabilities?.().torch) return false;
  await track.applyConstraints({ advanced: [{ torch: on }] });
  return true;
}
