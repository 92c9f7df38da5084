import type { HostElement } from './host-element.ts';

/** A component that a button's command acts on. */
interface CommandTarget {
  /** `command` is `--auto`, `--show`, `--hide`, `--toggle` or `--copy`. */
  runCommand(command: string): void;
}

const isTarget = (element: Element | null): element is Element & CommandTarget =>
  element !== null && 'runCommand' in element && typeof element.runCommand === 'function';

/** Does what a button's `command` says with the component that `commandFor` names; nothing for a button without one. */
export function runCommand(button: HostElement): void {
  const commandFor: unknown = Reflect.get(button, 'commandFor');
  const command: unknown = Reflect.get(button, 'command');
  if (typeof commandFor !== 'string' || commandFor === '') return;
  const target = document.getElementById(commandFor);
  if (!isTarget(target)) {
    console.error(`extension: a button's command names "${commandFor}", which isn't here`);
    return;
  }
  target.runCommand(typeof command === 'string' && command !== '' ? command : '--auto');
}
