// Before the first paint, so that no page flashes in the other theme.
try {
  const theme = localStorage.getItem('proximal-theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // Storage is switched off: the theme of the system is shown.
}
