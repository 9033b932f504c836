-- The page with what readers wrote about an entry, where its feed names one.
ALTER TABLE body ADD COLUMN comments TEXT;
