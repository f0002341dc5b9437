// Shows how far a file is on its way. Without it the form works the same, only silently.
for (const form of document.querySelectorAll("form[data-envoi]")) {
  form.addEventListener("submit", (event) => {
    if (!window.XMLHttpRequest || form.elements.fichier.files.length === 0) return;
    event.preventDefault();
    const told = form.querySelector("[data-progres]");
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    let said = 0;
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const percent = Math.floor((loaded / total) * 100);
      // A voice that reads the page hears every tenth.
      if (percent >= said + 10 || percent === 100) {
        said = percent;
        told.textContent = `${form.dataset.envoi} ${percent}\u00a0%`;
      }
    });
    // Kept: the list again. Not kept: the same page with its sentence.
    request.addEventListener("load", () => {
      if (request.status === 200) {
        location.assign(request.responseURL);
      } else {
        document.open();
        document.write(request.responseText);
        document.close();
      }
    });
    request.addEventListener("error", () => form.submit());
    request.send(new FormData(form));
  });
}
