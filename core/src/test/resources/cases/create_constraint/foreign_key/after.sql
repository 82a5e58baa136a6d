UPDATE products SET town = NULL, street = NULL WHERE street <> 'Markt';
ALTER TABLE products ADD CONSTRAINT products_shop FOREIGN KEY (town, street) REFERENCES shops (town, street)
    MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL;
