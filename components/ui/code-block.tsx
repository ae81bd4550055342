import { cn } from './cn';
import { CopyButton } from './copy-button';

type CodeBlockProps = {
  code: string;
  /** Names the block for its copy button and for screen readers. */
  label: string;
  className?: string;
};

/** Text to be copied as it stands; scrolls sideways inside itself. */
export function CodeBlock({ code, label, className }: CodeBlockProps) {
  return (
    <div className={cn('flex overflow-hidden rounded-md border border-border bg-muted', className)}>
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="min-w-0 flex-1 overflow-x-auto rounded-l-md px-3 py-2 font-mono text-xs leading-5 focus-visible:outline-offset-[-2px] pointer-coarse:py-3"
      >
        <code>{code}</code>
      </pre>
      <CopyButton
        value={code}
        size="icon"
        variant="ghost"
        aria-label={`Copy ${label}`}
        className="m-0.5 text-muted-foreground"
      />
    </div>
  );
}
