// A drawing that was not sent, kept in this browser's tab: a sign-in that ran out, or a closed lid, costs nothing.
const PREFIX = "mandat.drawing ";

export class Keeping {
  private readonly key: string;

  /** `place` is the address of what is drawn, `base` the version that it began from: on another one it means nothing. */
  constructor(place: string, base: string) {
    this.key = `${PREFIX}${place} ${base}`;
  }

  keep(xml: string): void {
    try {
      sessionStorage.setItem(this.key, xml);
    } catch {
      // no room, or not allowed: then there is no second copy
    }
  }

  kept(): string | null {
    return sessionStorage.getItem(this.key);
  }

  forget(): void {
    sessionStorage.removeItem(this.key);
  }
}
