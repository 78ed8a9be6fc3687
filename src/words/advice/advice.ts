import type { Side } from '../side.js';
import type { PlainAdvice } from './advice-keys.js';

/** A folder under another name: what `--map` is given. Names as `--map` has them, with slashes. */
export interface FolderRename {
  readonly from: string;
  readonly to: string;
}

/** The part of an application's registration that is wrong, as a token endpoint tells it. */
export const WRONG_AT_APPLICATION = [
  'tenant',
  'application',
  'secret',
  'secret expired',
  'certificate',
  'consent',
  'permission',
  'policy',
  'clock',
  'user',
  'delegation',
  'account',
  'scope',
  'refresh token',
  'endpoint',
  'unknown',
] as const;
export type WrongAtApplication = (typeof WRONG_AT_APPLICATION)[number];

/** Whose limit a message is over. */
export const CEILINGS = ['the destination', 'the folder', 'the profile of the destination', '--max-size'] as const;
export type Ceiling = (typeof CEILINGS)[number];

/** A name that the destination refused. */
interface RefusedName {
  /** The folder as the source calls it, and as the destination would. */
  readonly source: string;
  readonly name: string;
  /** Another name for it. */
  readonly map: FolderRename;
}

/**
 * The step that an operator can take. It is sent and stored as data; `advice-text.ts` puts it into words, which may be
 * changed in any release.
 */
export type Advice =
  | { readonly key: PlainAdvice }
  | { readonly key: 'too big'; readonly ceiling: Ceiling }
  /** A folder counts more messages than it lists. */
  | { readonly key: 'not all listed'; readonly side: Side }
  /** Tried alone, it always breaks the connection. */
  | { readonly key: 'message breaks'; readonly side: Side }
  | { readonly key: 'folder breaks'; readonly side: Side }
  /** The destination takes two names for one. */
  | ({ readonly key: 'name taken'; readonly twin: string } & RefusedName)
  /** `bytes`: of the name at the destination. */
  | ({ readonly key: 'name too long'; readonly bytes: number } & RefusedName)
  /** CREATE was answered OK, and nothing of that name is there. */
  | ({ readonly key: 'name hidden' } & RefusedName)
  | ({ readonly key: 'name refused' } & RefusedName)
  /** A destination where a folder holds mail or folders, and not both. */
  | {
      readonly key: 'folders below mail';
      /** The folder at the top, which holds mail. */
      readonly top: string;
      /** One way out: the folders stand beside their parent. */
      readonly beside: readonly FolderRename[];
      /** The other: the parent's mail goes below it. */
      readonly below: readonly FolderRename[];
      /** Folders that both ways leave out of their examples. */
      readonly more: number;
    }
  /** INBOX in several spellings. `name` cannot be opened; those in `beside` are copied. */
  | { readonly key: 'inbox spelled twice'; readonly name: string; readonly beside: readonly string[] }
  | { readonly key: 'application refused'; readonly wrong: WrongAtApplication }
  /** `oauth`: the table of nightferry.toml. */
  | { readonly key: 'sign in again'; readonly oauth: string }
  /** A sentence that an earlier build wrote. */
  | { readonly key: 'as-written'; readonly text: string };

export type AdviceKey = Advice['key'];
