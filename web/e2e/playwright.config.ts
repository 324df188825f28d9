import { defineConfig } from '@playwright/test'
import { existsSync } from 'node:fs'

// Debian's Chromium; nothing is downloaded. LIZHENG_CHROMIUM names another one. LIZHENG_TRACE=1 keeps what led to a failure,
// for npx playwright show-trace, and takes its time.
const executablePath = process.env.LIZHENG_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => existsSync(p))
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './city.ts',
  fullyParallel: false,
  workers: 1, // one city, whose story the tests tell in order
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: !!process.env.CI,
  reporter: [['list']],
  use: { actionTimeout: 15_000, navigationTimeout: 30_000, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 720 }, trace: process.env.LIZHENG_TRACE ? 'retain-on-failure' : 'off', screenshot: 'only-on-failure', launchOptions: { executablePath, args } },
  projects: [
    { name: 'stories', testMatch: /.*\.spec\.ts/ },
    { name: 'screens', testMatch: /screens\.ts/ },
  ],
})
