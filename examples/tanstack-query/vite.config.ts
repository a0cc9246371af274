import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The page asks this server, which adds the key: no browser ever has it. Without an address of the API's own, start
// `npx --no -- org-mock` and run `npm run dev`.
const proxy = {
  '/api': {
    target: process.env['OPENAI_BASE_URL'] ?? 'http://127.0.0.1:4010/v1',
    changeOrigin: true,
    rewrite: (path: string) => path.replace(/^\/api/, ''),
    headers: { authorization: `Bearer ${process.env['OPENAI_ADMIN_KEY'] ?? 'any-key'}` },
  },
};

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
