const themes = {
  light: { back: "#f8f9fa", front: "#212529", accent: "#1971c2" },
  dark: { back: "#1a1b1e", front: "#e9ecef", accent: "#74c0fc" },
  contrast: { back: "#000000", front: "#ffffff", accent: "#ffff00" },
};

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => entities[character]);

/** The page. All texts are data: nothing in them becomes markup. */
export function renderPage({ title, message, theme, environment, owner }) {
  const { back, front, accent } = themes[theme] ?? themes.light;
  const made = [environment, owner].filter(Boolean).map(escapeHtml).join(" · ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: ${back}; color: ${front}; font: 1.125rem/1.6 system-ui, sans-serif; }
main { max-width: 40rem; padding: 2rem; }
h1 { border-bottom: 4px solid ${accent}; padding-bottom: .5rem; overflow-wrap: anywhere; }
p { white-space: pre-wrap; overflow-wrap: anywhere; }
footer { opacity: .75; font-size: .875rem; }
</style>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(message)}</p>
<footer>${made}</footer>
</main></body>
</html>
`;
}
