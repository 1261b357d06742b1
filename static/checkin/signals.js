// What the helper hears and feels: tones made on the spot, and a buzz. No files, so nothing to load.

const TONES = { green: [[880, 0.12]], amber: [[520, 0.14], [520, 0.14]], red: [[180, 0.5]] };
const BUZZ = { green: [60], amber: [80, 60, 80], red: [400] };
let audio = null;

/** To be called from a tap: browsers allow sound only then. */
export function wake() {
  audio ??= new AudioContext();
  audio.resume();
}

export function signal(tone, loud) {
  navigator.vibrate?.(BUZZ[tone]);
  if (!loud || !audio) return;
  let at = audio.currentTime;
  for (const [pitch, seconds] of TONES[tone]) {
    const voice = audio.createOscillator();
    const volume = audio.createGain();
    voice.frequency.value = pitch;
    voice.type = tone === "red" ? "square" : "sine";
    volume.gain.setValueAtTime(0.3, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
    voice.connect(volume).connect(audio.destination);
    voice.start(at);
    voice.stop(at + seconds);
    at += seconds + 0.05;
  }
}
