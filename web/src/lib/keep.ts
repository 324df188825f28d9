import { reactive, ref, watch, type Ref } from 'vue'

/** useKeptFields is a form that survives as useKept does. */
export function useKeptFields<T extends object>(name: string, initial: T): { fields: T; drop: () => void } {
  const { text, drop } = useKept(name)
  const fields = reactive(structuredClone(initial)) as T
  if (text.value) Object.assign(fields, JSON.parse(text.value) as T)
  const empty = JSON.stringify(initial)
  watch(fields, (f) => (text.value = JSON.stringify(f) === empty ? '' : JSON.stringify(f)), { deep: true, flush: 'sync' })
  return { fields, drop }
}

/** useKept is text that survives a reload, a lost session or a closed dialog, until it is dropped. */
export function useKept(name: string, initial = ''): { text: Ref<string>; drop: () => void } {
  const slot = `kept:${name}`
  const text = ref(sessionStorage.getItem(slot) ?? initial)
  watch(text, (t) => (t ? sessionStorage.setItem(slot, t) : sessionStorage.removeItem(slot)), { flush: 'sync' })
  return { text, drop: () => (text.value = '') }
}
