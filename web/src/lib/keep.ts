import { ref, watch, type Ref } from 'vue'

/** useKept is text that survives a reload, a lost session or a closed dialog, until it is dropped. */
export function useKept(name: string, initial = ''): { text: Ref<string>; drop: () => void } {
  const slot = `kept:${name}`
  const text = ref(sessionStorage.getItem(slot) ?? initial)
  watch(text, (t) => (t ? sessionStorage.setItem(slot, t) : sessionStorage.removeItem(slot)), { flush: 'sync' })
  return { text, drop: () => (text.value = '') }
}
