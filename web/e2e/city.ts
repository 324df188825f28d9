import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

// A sample city of its own for the tests: the real binary with its own PostgreSQL and Temporal in a folder that is
// thrown away. LIZHENG_URL names one that runs already.
const binary = process.env.LIZHENG_BIN ?? resolve(import.meta.dirname, '../../bin/lizheng')
const patience = 240_000 // ms; the first start on a machine makes its databases

export default async function city(): Promise<() => Promise<void>> {
  if (process.env.LIZHENG_URL) return async () => undefined
  const folder = mkdtempSync(join(tmpdir(), 'lizheng-e2e-'))
  chmodSync(folder, 0o755) // the database server runs as another user when started by root
  const address = `127.0.0.1:${await freePort()}`
  const server = spawn(binary, ['run', '--data', join(folder, 'data'), '--listen', address], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const s of [server.stdout, server.stderr]) s.on('data', (b: Buffer) => (said += b.toString()))
  await ready(server, `http://${address}/readyz`, () => said)
  process.env.LIZHENG_URL = `http://${address}`
  process.env.LIZHENG_E2E_DATA = join(folder, 'data')
  return async () => {
    await stopped(server)
    rmSync(folder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const s = createServer()
    s.on('error', fail)
    s.listen(0, '127.0.0.1', () => {
      const a = s.address()
      s.close(() => (a && typeof a === 'object' ? done(a.port) : fail(new Error('no port'))))
    })
  })
}

async function ready(server: ChildProcess, url: string, said: () => string): Promise<void> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`lizheng ended:\n${said()}`)
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((next) => setTimeout(next, 250))
  }
  server.kill('SIGINT')
  throw new Error(`lizheng was not ready in time:\n${said()}`)
}

function stopped(server: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (server.exitCode !== null) return done()
    const hard = setTimeout(() => server.kill('SIGKILL'), 30_000)
    server.on('exit', () => {
      clearTimeout(hard)
      done()
    })
    server.kill('SIGINT')
  })
}
