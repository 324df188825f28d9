import { Problem } from './problem'

/** Where an unanswered intent is kept, so that it survives a reload of the page. */
interface Slot { key: string; print: string }

/**
 * Intent is one thing that a person wants to happen once, however often it has to be sent. Its key stays the same until the
 * answer is known; what is done after that, or with other content, is another intent.
 */
export class Intent {
  private readonly slot: string

  constructor(name: string) {
    this.slot = `intent:${name}`
  }

  /** The unanswered sending, if there is one. */
  get open(): Slot | undefined {
    const kept = sessionStorage.getItem(this.slot)
    return kept ? (JSON.parse(kept) as Slot) : undefined
  }

  /** keyFor is the key under which this content is sent. */
  keyFor(content: unknown): string {
    const print = JSON.stringify(content ?? null)
    const open = this.open
    if (open?.print === print) return open.key
    const fresh = { key: crypto.randomUUID(), print }
    sessionStorage.setItem(this.slot, JSON.stringify(fresh))
    return fresh.key
  }

  /** answered says that the outcome is known: the next sending is a new intent. */
  answered(): void {
    sessionStorage.removeItem(this.slot)
  }
}

/** Answers after which nobody knows yet whether it was done: the key must be kept. */
function unanswered(thrown: unknown): boolean {
  return !(thrown instanceof Problem) || ['lost', 'unknown', 'unavailable', 'internal', 'unauthorised'].includes(thrown.kind)
}

/**
 * perform sends an intent and settles it. When an earlier sending with other content is still unanswered, `ask` finds out
 * about that one first: had it been done, the person must know before doing something else.
 */
export async function perform<T>(intent: Intent, content: unknown, send: (key: string) => Promise<T>, ask: (key: string) => Promise<'done' | 'not_done' | 'unknown'>): Promise<T> {
  const open = intent.open
  if (open && open.print !== JSON.stringify(content ?? null)) {
    const became = await ask(open.key)
    if (became === 'unknown') throw new Problem(202, { kind: 'unknown' })
    intent.answered()
    if (became === 'done') throw new Problem(409, { kind: 'conflict', code: 'earlier_counted' })
  }
  try {
    const answer = await send(intent.keyFor(content))
    intent.answered()
    return answer
  } catch (e) {
    if (!unanswered(e)) intent.answered()
    throw e
  }
}
