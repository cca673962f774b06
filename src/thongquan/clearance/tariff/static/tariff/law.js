// The day slider: moving it writes the date field and asks for the page of that day. Without it the field does the same.
function dayOf(slider) {
  const day = new Date(`${slider.dataset.first}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + Number(slider.value));
  return day.toISOString().slice(0, 10);
}

document.addEventListener("input", (event) => {
  const slider = event.target.closest("[data-day-slider]");
  if (slider) slider.form.elements.on.value = dayOf(slider);
});
document.addEventListener("change", (event) => {
  const slider = event.target.closest("[data-day-slider]");
  if (slider) slider.form.requestSubmit();
});
