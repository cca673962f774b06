// The gate desk: the verdict comes into sight, and the camera reads squares where the browser can.
document.getElementById("verdict")?.scrollIntoView({ block: "start" });
offerCamera();

function offerCamera() {
  const button = document.getElementById("scan");
  if (!button || !("BarcodeDetector" in globalThis) || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", () => scan().catch(() => stop()));
}

async function scan() {
  const video = document.getElementById("camera");
  const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  await video.play();
  const look = async () => {
    if (!video.srcObject) return;
    const [found] = await detector.detect(video);
    if (!found) return void requestAnimationFrame(() => look().catch(() => stop()));
    document.getElementById("code").value = found.rawValue;
    stop();
    document.getElementById("plate").focus();
  };
  await look();
}

function stop() {
  const video = document.getElementById("camera");
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
}
