/** What the transport needs from the rest of the application. */
export const hooks = {
  language: () => 'zh-CN',
  /** Asks the person to sign in again; false when they will not. */
  signInAgain: async (): Promise<boolean> => false,
  pause: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)),
}
