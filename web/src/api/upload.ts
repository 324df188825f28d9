import type { Schemas } from './client'
import { Problem, problemOf } from './problem'
import { hooks } from './transport'

const tries = 4

/**
 * upload adds one file to a case and tells how far it is, from 0 to 1. It is repeated under the same key after a lost
 * connection, so that the file is stored once.
 */
export async function upload(caseId: string, file: File, progress: (share: number) => void): Promise<Schemas['Attachment']> {
  const key = crypto.randomUUID()
  for (let tried = 1; ; tried++) {
    try {
      return await attempt(caseId, file, key, progress)
    } catch (e) {
      if (!(e instanceof Problem)) throw e
      if (e.kind === 'unauthorised' && (await hooks.signInAgain())) continue
      if (!['lost', 'unavailable'].includes(e.kind) || tried === tries) throw e
      await hooks.pause(700 * tried)
    }
  }
}

// XMLHttpRequest, because fetch does not tell how much of a body was sent.
function attempt(caseId: string, file: File, key: string, progress: (share: number) => void): Promise<Schemas['Attachment']> {
  return new Promise((done, fail) => {
    const x = new XMLHttpRequest()
    x.open('POST', `/api/v1/cases/${caseId}/attachments`)
    x.setRequestHeader('Idempotency-Key', key)
    x.setRequestHeader('Accept-Language', hooks.language())
    x.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    x.onerror = () => fail(new Problem(0, { kind: 'lost' }))
    x.onload = () => {
      let body: unknown
      try {
        body = JSON.parse(x.responseText)
      } catch {
        body = undefined // an answer without a body is told by its status
      }
      if (x.status >= 200 && x.status < 300) done(body as Schemas['Attachment'])
      else fail(problemOf(x.status, body))
    }
    const form = new FormData()
    form.append('file', file)
    x.send(form)
  })
}

/** oneFile makes a request carry one file, as uploads do. */
export const oneFile = (file: File) => ({ body: { file: file.name }, bodySerializer: () => {
  const form = new FormData()
  form.append('file', file)
  return form
} })
