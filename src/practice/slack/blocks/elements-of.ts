import type { Block } from './block.ts';
import type { InteractiveElement } from './element.ts';

export type PlacedElement = {
  block: Block;
  blockId: string;
  actionId: string;
  element: InteractiveElement;
};

/** Every element of these blocks that a person can press or fill, in reading order. */
export function elementsOf(blocks: readonly Block[]): readonly PlacedElement[] {
  return blocks.flatMap((block) => {
    if (block.type === 'container') return elementsOf(block.child_blocks);
    return inBlock(block).map((element) => ({
      block,
      blockId: block.block_id ?? '',
      actionId: element.action_id ?? '',
      element,
    }));
  });
}

function inBlock(block: Block): readonly InteractiveElement[] {
  if (block.type === 'actions' || block.type === 'context_actions') return block.elements;
  if (block.type === 'input') return [block.element];
  if (block.type === 'card') return block.actions ?? [];
  if (block.type !== 'section' || block.accessory === undefined) return [];
  return block.accessory.type === 'image' ? [] : [block.accessory];
}
