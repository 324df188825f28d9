import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import Components from 'unplugin-vue-components/vite'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const api = process.env.LIZHENG_API ?? 'http://127.0.0.1:8080'

const policy = "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** weighed says what a browser fetches before it can show anything: whatever index.html names. TestDist holds it to its limit. */
const weighed: Plugin = {
  name: 'weighed',
  writeBundle({ dir }) {
    const names = [...readFileSync(join(dir!, 'index.html'), 'utf8').matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((m) => m[1]!)
    const bytes = names.reduce((n, name) => n + gzipSync(readFileSync(join(dir!, name))).length, 0)
    console.log(`first load: ${(bytes / 1000).toFixed(0)} kB gzipped in ${names.length} files`)
  },
}

export default defineConfig({
  plugins: [vue(), Components({ dts: false, dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })] }), weighed],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // No inline script anywhere: the content security policy allows scripts of this origin only.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  // The built pages as the binary serves them, with the API of a binary that runs already: npx vite preview.
  preview: { proxy: { '/api': { target: api, changeOrigin: false } }, headers: { 'Content-Security-Policy': policy } },
  server: { proxy: { '/api': { target: api, changeOrigin: false } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    server: { deps: { inline: ['element-plus'] } },
  },
})
