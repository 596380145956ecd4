// Sets the chosen theme before the first paint, so that a dark page never flashes white.
// It is a classic script in the head for that reason; everything else is a module.
try {
  const theme = localStorage.getItem("backscope-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the page then follows the system.
}
