// The gate desk: the verdict comes into sight, and the camera reads squares where the browser can.
const button = document.getElementById("scan");
const video = document.getElementById("camera");
const hint = document.getElementById("scan-hint");
const code = document.getElementById("code");
const plate = document.getElementById("plate");

document.getElementById("verdict")?.scrollIntoView({ block: "start" });
if (button) (await canScan()) ? offerCamera() : tell(hint.dataset.absent);

async function canScan() {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices?.getUserMedia) return false;
  try {
    return (await globalThis.BarcodeDetector.getSupportedFormats()).includes("qr_code");
  } catch {
    return false;
  }
}

function offerCamera() {
  button.hidden = false;
  button.addEventListener("click", () => (video.srcObject ? stop() : scan().catch(() => give(hint.dataset.denied))));
}

async function scan() {
  hint.hidden = true;
  const detector = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  video.hidden = false;
  button.textContent = button.dataset.stop;
  await video.play();
  const look = async () => {
    if (!video.srcObject) return;
    const [found] = await detector.detect(video);
    if (found) return void take(found.rawValue);
    requestAnimationFrame(() => look().catch(() => give(hint.dataset.denied)));
  };
  await look();
}

// The slip is there; with the plate read off the vehicle nothing is missing any more.
function take(read) {
  stop();
  code.value = read;
  if (plate.value.trim()) code.form.requestSubmit();
  else plate.focus();
}

function give(words) {
  stop();
  tell(words);
}

function tell(words) {
  hint.textContent = words;
  hint.hidden = false;
}

function stop() {
  video.srcObject?.getTracks().forEach((track) => track.stop());
  video.srcObject = null;
  video.hidden = true;
  button.textContent = button.dataset.start;
}
